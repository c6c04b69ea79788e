#!/bin/sh
grep -q land orders/src/main/java/LandOrders.java
