package dev.slipway.simulation;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.ledger.Order;

/** A request that somebody wrote. */
record Asked(DeploymentId id, ServiceKey service, Order order, Request request) {}
