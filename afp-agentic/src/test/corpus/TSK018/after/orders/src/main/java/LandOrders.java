class LandOrders { void land() { /* and nothing else */ } }
