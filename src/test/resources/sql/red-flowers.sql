-- Red flowers are told; nobody refuses them.
SELECT CLASS, `petal length` FROM curated WHERE CLASS = 'red';
