/**
 * The three files of {@code docs/contract.md}, which service and Spark job exchange: one set of
 * types for both. It knows Jackson and the JDK only. The service brings Quarkus' Jackson and the
 * job has that of the cluster's Spark, so it uses no module of Jackson's.
 */
package contract;
