package architecture.planted.flow;

import java.net.Socket;

/** Breaks: flow does no I/O. */
public final class FlowOpensASocket {
  Socket socket;
}
