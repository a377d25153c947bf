/**
 * Faults on demand: which of the calls that the stand-ins receive goes wrong, and how. It knows no
 * stand-in; each asks it for the fault that strikes a call.
 */
package localcloud.faults;
