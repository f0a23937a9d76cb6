package dev.slipway.simulation;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.ledger.Order;

/**
 * An archive that was dropped.
 *
 * @param valid whether it can be deployed
 */
record Dropped(DeploymentId deployment, ServiceKey service, Order order, boolean valid) {}
