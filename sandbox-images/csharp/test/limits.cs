// Reaches the limit whose name stands on standard input; 3 is how a program ends that meets it in an orderly way.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;

var block = new byte[1 << 19];
try
{
    switch (Console.ReadLine())
    {
        case "cpu": while (true) { }
        case "wall": Thread.Sleep(60000); break;
        case "memory":
            for (var kept = new List<byte[]>(); ;) { var one = new byte[1 << 20]; Array.Fill(one, (byte)1); kept.Add(one); }
        case "processes":
            for (var i = 0; i < 100; i++) Process.Start("/bin/sleep", "60");
            break;
        case "output":
            for (var i = 0; i < 32; i++) Console.Out.Write(new string('x', 65536));
            break;
        case "file":
            using (var file = new FileStream("large", FileMode.Create, FileAccess.Write, FileShare.None, 0))
                while (true) file.Write(block);
        case "open files":
            for (var kept = new List<FileStream>(); ;) kept.Add(File.OpenRead("/dev/null"));
        case "scratch":
            for (var i = 0; i < 1000; i++) File.WriteAllBytes(i.ToString(), block);
            break;
    }
}
catch (Exception met) when (met is IOException or System.ComponentModel.Win32Exception)
{
    return 3;
}
return 3;
