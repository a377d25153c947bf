/**
 * The view {@code landed}: whether the manifest's objects are still there, which columns they have,
 * how they are shared out among tasks, read and counted, and where rejected rows go.
 */
package sparkjob.landed;
