/**
 * What happens next. {@code Flow}, {@code Verdict}, {@code Adoption}, {@code Patience}, {@code
 * Sent} and {@code Plan} decide, and are pure functions; {@code Claims} in {@code Work}, {@code
 * Sightings} and {@code Dependencies} remember, in memory only.
 */
package flow;
