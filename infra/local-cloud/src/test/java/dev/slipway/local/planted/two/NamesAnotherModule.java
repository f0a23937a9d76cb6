package dev.slipway.local.planted.two;

import dev.slipway.ledger.Order;

/** An API that knows what workers keep. */
record NamesAnotherModule(Order order) {}
