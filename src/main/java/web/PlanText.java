package web;

import java.util.List;
import java.util.Optional;

/**
 * A plan as text.
 *
 * @param runJobFlow the request to EMR as indented JSON
 * @param furtherRungs those of the capacity ladder's further rungs
 * @param jobDescription the description for the Spark job as indented JSON
 * @param sql what Snowflake would be sent
 * @param columns where the table's columns come from
 */
record PlanText(
    String runJobFlow,
    List<String> furtherRungs,
    Optional<String> jobDescription,
    List<String> sql,
    String columns) {}
