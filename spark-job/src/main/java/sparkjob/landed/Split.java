package sparkjob.landed;

import java.io.Serializable;

/**
 * A part of one object that one task reads: the records that begin from {@code from} on and before
 * {@code to}.
 *
 * @param id its place among all splits of the run, from 0
 * @param uri the object's, as the manifest gives it
 * @param from bytes from the object's start
 * @param to bytes; {@link Long#MAX_VALUE} where the whole object is one split
 */
record Split(int id, String uri, long from, long to) implements Serializable {}
