/**
 * The story of a batch, as Camel routes, in this order:
 *
 * <ol>
 *   <li>{@code LandingRoutes}: record what has landed, from listings and S3's events.
 *   <li>{@code BatchRoutes}: make runs of waiting objects.
 *   <li>{@code RunRoutes}: decide the next action of every open run with each tick, and let pools
 *       execute it.
 *   <li>{@code StagingRoutes}: put what a run's cluster reads into S3.
 *   <li>{@code ClusterRoutes}: launch, adopt, poll and terminate clusters.
 *   <li>{@code ResultRoutes}: await the job's result, judge the attempt by what its steps wrote,
 *       and find out why a step failed.
 *   <li>{@code WarehouseRoutes}: refresh and prove the external table.
 *   <li>{@code HousekeepingRoutes}: archive, delete and probe in the background.
 * </ol>
 *
 * <p>{@code ErrorHandling} defines how failures are handled, {@code Endpoints} has the shared
 * endpoints. Routes call {@code actions} and {@code polling}, which do not know Camel. The classes
 * that Camel itself calls are here: {@code SnowflakeSession}, which gives each statement its run's
 * tag, {@code EventsQueue}, and {@code RouteHealth}.
 */
package routes;
