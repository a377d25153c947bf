/**
 * Faults on demand: which calls to the stand-ins fail, and how. The package knows no stand-in; each
 * asks it for the fault of a call.
 */
package localcloud.faults;
