/** What the job uses of the cluster that it runs on: its file systems, and its Spark's settings. */
package sparkjob.cluster;
