package architecture.planted.flow;

import java.util.concurrent.ConcurrentHashMap;

/** Breaks: flow keeps no state, not even in an object that stays. */
public final class FlowKeepsAMap {
  final ConcurrentHashMap<String, String> seen = new ConcurrentHashMap<>();
}
