const count: number = "hello";
console.log(count);
