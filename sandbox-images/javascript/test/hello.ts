const greet = (words: Map<string, string>): string => words.get("greeting") ?? "";
console.log(greet(new Map([["greeting", "hello"]])));
