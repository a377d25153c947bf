/** Time as it is written in options and requests. */
package localcloud.time;
