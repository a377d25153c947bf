/**
 * CSV and JSON lines, from the bytes of an object to records, and from a record to a row of
 * declared types. Where the bytes come from and what becomes of the rows is told elsewhere.
 */
package sparkjob.text;
