class Report {}
