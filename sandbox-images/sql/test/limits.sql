-- One program for each limit that SQL can reach; a program of sqlite3 cannot sleep, or hold many files.
-- cpu
with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n;
-- memory
create table kept (bytes blob);
with recursive n(i) as (select 1 union all select i + 1 from n) insert into kept select randomblob(1000000) from n;
-- output
with recursive n(i) as (select 1 union all select i + 1 from n limit 100) select hex(zeroblob(10000)) from n;
-- file
create temporary table kept (bytes blob);
with recursive n(i) as (select 1 union all select i + 1 from n limit 1000) insert into kept select zeroblob(1000000) from n;
