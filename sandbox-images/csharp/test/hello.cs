using System;
using System.Collections.Generic;
using System.Linq;

var words = new List<string> { "world", "hello" };
Console.WriteLine(words.Order().First());
