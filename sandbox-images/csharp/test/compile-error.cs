int count = "hello";
