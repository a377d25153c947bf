/**
 * CSV and JSON lines, from the bytes of an object to records, and from a record to a row of
 * declared types. Other packages provide the bytes and use the rows.
 */
package sparkjob.text;
