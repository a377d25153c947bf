package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import store.AuditLog.Audited;
import store.AuditLog.Entry;
import store.AuditLog.Kind;

/**
 * A request that changed something, or was to, in the API.
 *
 * @param id later ones have higher ids
 * @param at when it came
 * @param actor who sent it
 * @param role what they may do
 * @param action what it asked for
 * @param kind what it is about
 * @param subject which of these
 * @param reason why, in the sender's words
 * @param outcome {@code done}, or why it was refused; absent while it is being done, and for ever
 *     if the service ended in the middle of it
 */
@RegisterForReflection
public record AuditView(
    long id,
    Instant at,
    String actor,
    String role,
    String action,
    Kind kind,
    String subject,
    Optional<String> reason,
    Optional<String> outcome) {

  static AuditView of(Audited audited) {
    Entry entry = audited.entry();
    return new AuditView(
        audited.id(),
        entry.at(),
        entry.actor(),
        entry.role(),
        entry.action(),
        entry.subject().kind(),
        entry.subject().id(),
        entry.reason(),
        audited.outcome());
  }
}
