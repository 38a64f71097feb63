import * as fs from "fs";

const greet = (words: Map<string, string>): string => words.get("greeting") ?? "";
fs.writeSync(1, greet(new Map([["greeting", "hello"]])) + "\n");
