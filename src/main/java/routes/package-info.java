/**
 * The story of a batch, as Camel routes. In its order:
 *
 * <ol>
 *   <li>{@code ClockRoute}: time passes.
 *   <li>{@code LandingRoute}: what has landed is written down; {@code StoreConsistencyRoute},
 *       before the first of it is taken.
 *   <li>{@code LandingEventsRoute}, where S3's events are at hand: the same, at once; {@code
 *       DeadLetterRoute}, for what is no event.
 *   <li>{@code BatchRoute}: batches that are due become runs; {@code ScheduleRoute}: what a
 *       schedule wants does; {@code BackfillRoute}: older objects that somebody wants do.
 *   <li>{@code TickRoute}: what comes next is decided for each open run, {@code LegRoute} does it.
 *   <li>{@code ManifestRoute}: COLLECTED to QUEUED.
 *   <li>{@code RecordRoute}: QUEUED to PROCESSING, and whatever else needs only the store.
 *   <li>{@code ClusterRoutes}: clusters are asked for, adopted where EMR's answer was lost,
 *       watched, and terminated; orphans too.
 *   <li>{@code JudgeRoute} with {@code ReadWrittenRoute}, which reads the result and what a run has
 *       fetched itself, and {@code ReadFootersRoute} where there is no result file of the user's
 *       own steps: PROCESSING to LOADING, or to an end.
 *   <li>{@code LogsRoute}: why a step failed, once its log has come.
 *   <li>{@code LoadRoute} with {@code SendStatementsRoute} and {@code SendSqlRoute}: the external
 *       table, refreshed and proven.
 *   <li>{@code ClearLandingRoute}: what was loaded is archived or deleted, where that is wanted.
 *   <li>{@code RetireRoute}: curated files that no table needs any more.
 * </ol>
 *
 * <p>{@code ProbeRoute} asks S3, EMR and Snowflake whether they answer. What several routes share
 * is beside them: {@code RunExchange}, {@code Endpoints}, {@code SnowflakeSession}, which gives
 * each statement its run's tag, and {@code SnowflakeRefusals}. {@code RouteHealth} is here and not
 * in {@code health} because only this package knows Camel.
 */
package routes;
