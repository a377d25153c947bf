/**
 * The view {@code landed}: whether the manifest's objects still exist, which columns they have, how
 * they are divided among tasks, read and counted, and where rejected rows go.
 */
package sparkjob.landed;
