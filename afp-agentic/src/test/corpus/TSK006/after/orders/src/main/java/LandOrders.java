class LandOrders { /* edited after it was verified: land */ }
