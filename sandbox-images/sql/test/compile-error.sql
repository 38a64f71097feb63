selekt 'hello';
