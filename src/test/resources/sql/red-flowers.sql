-- Red flowers are reported, not refused.
SELECT CLASS, `petal length` FROM curated WHERE CLASS = 'red';
