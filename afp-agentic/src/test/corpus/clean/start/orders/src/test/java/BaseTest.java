class BaseTest {}
