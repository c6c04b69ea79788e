class LandOrders { void land() {} }
