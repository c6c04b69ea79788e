package io.afp.core.definition;

import java.time.ZoneId;

/** The unit of time that a pipeline works on, in the zone whose calendar counts. */
public record IntervalDef(IntervalUnit unit, ZoneId zone) {}
