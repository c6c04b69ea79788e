/**
 * All layers in one driver: what a laptop and most pipelines need, because starting Spark costs
 * most on small data.
 */
package io.afp.pipeline;
