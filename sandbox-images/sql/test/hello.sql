create table words (word text);
insert into words values ('world'), ('hello');
select min(word) from words;
