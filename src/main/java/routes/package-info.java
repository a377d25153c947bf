/**
 * The story of a batch, as Camel routes. In its order:
 *
 * <ol>
 *   <li>{@code LandingRoutes}: what has landed is written down, as listings and S3's events tell
 *       it.
 *   <li>{@code BatchRoutes}: what waits becomes runs.
 *   <li>{@code RunRoutes}: with each tick it is decided what comes next for every open run, and
 *       pools do it.
 *   <li>{@code StagingRoutes}: what a run's cluster reads is put into S3.
 *   <li>{@code ClusterRoutes}: clusters are asked for, adopted, watched and terminated.
 *   <li>{@code ResultRoutes}: what the steps wrote judges the attempt; why a step failed.
 *   <li>{@code WarehouseRoutes}: the external table, refreshed and proven.
 *   <li>{@code HousekeepingRoutes}: what nobody waits for.
 * </ol>
 *
 * <p>{@code ErrorHandling} says what becomes of a failure, {@code Endpoints} has the endpoints that
 * several of them use. What a route calls is in {@code actions} and {@code polling}, which know no
 * Camel. What Camel itself calls is here: {@code SnowflakeSession}, which gives each statement its
 * run's tag, {@code EventsQueue}, and {@code RouteHealth}.
 */
package routes;
