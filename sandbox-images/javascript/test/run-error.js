console.log("before");
null.after;
