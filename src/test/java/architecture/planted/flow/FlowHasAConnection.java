package architecture.planted.flow;

import java.sql.Connection;

/** Breaks: flow does no I/O. */
public final class FlowHasAConnection {
  Connection connection;
}
