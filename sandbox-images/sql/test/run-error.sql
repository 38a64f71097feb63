select 'before';
select word from no_such_table;
