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
 *   <li>{@code LaunchRoute}: a cluster; {@code StageStepsRoute}, where its steps are the user's
 *       own; {@code AdoptRoute}, where the answer was lost.
 *   <li>{@code PollRoute}: one look at all clusters; {@code EmrEventsRoute}, where EMR's events are
 *       at hand, brings it forward.
 *   <li>{@code JudgeRoute} with {@code ReadWrittenRoute}, which reads the result and what a run has
 *       fetched itself, and {@code ReadFootersRoute} where there is no result file of the user's
 *       own steps: PROCESSING to LOADING, or to an end.
 *   <li>{@code LogsRoute}: why a step failed, once its log has come.
 *   <li>{@code WarehouseRoutes}: the external table, refreshed and proven, or rid of what a
 *       discarded run wrote.
 *   <li>{@code HousekeepingRoutes}: loaded objects are archived or deleted, old curated files are
 *       deleted, and S3, EMR and Snowflake are asked whether they answer.
 *   <li>{@code TerminateRoute}: a cluster whose end is wanted.
 *   <li>{@code SweepRoute}: clusters that no open attempt knows.
 * </ol>
 *
 * <p>What several routes share is beside them: {@code Endpoints}, {@code RunExchange}, {@code
 * StatementExchange}, and {@code SnowflakeSession}, which gives each statement its run's tag.
 * {@code RouteHealth} is here and not in {@code health} because only this package knows Camel.
 */
package routes;
