package architecture.planted.flow;

/** Breaks: flow keeps no state. */
public final class FlowKeepsAField {
  int count;
}
