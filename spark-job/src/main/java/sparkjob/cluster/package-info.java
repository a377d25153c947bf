/** The job's access to the cluster that it runs on: its file systems, and its Spark's settings. */
package sparkjob.cluster;
