/**
 * The stand-ins and the packaged service as processes of their own, for who plays a whole story on
 * one machine: the demo, the benchmarks, and the campaign that kills the service.
 */
package localcloud.process;
