package localcloud.faults;

/** A statement finds its table locked by another transaction. */
public record Locked() implements Effect {}
