using System.Text;
using RewardServer.Sandboxing.Engines;

namespace RewardServer.Sandboxing.Runs;

/// <summary>Refuses what no slot could run, so that a malformed request is never taken for a program's failure.</summary>
internal static class RequestCheck
{
    private const int MaxPathBytes = 1024, MaxPartBytes = 255;

    /// <exception cref="ArgumentException">The request is malformed.</exception>
    public static void Check(RunRequest request, SandboxOptions options)
    {
        CheckLimits(request.Limits);
        Require(!request.Files.IsDefaultOrEmpty, "A run needs a file to run.");
        var files = request.Files.AddRange(request.DataFiles);
        foreach (var file in files)
        {
            CheckPath(file.Path);
        }

        foreach (var path in request.OutputFiles)
        {
            CheckPath(path);
        }

        Require(request.OutputFiles.Length <= Frames.MaxOutputFiles, $"More than {Frames.MaxOutputFiles} output files.");
        CheckTree(files.Select(file => file.Path).ToList(), options);
        var bytes = files.Sum(file => (long)file.Content.Length);
        var pages = files.Sum(file => (file.Content.Length + 4095L) / 4096);
        Require(pages <= options.ScratchMb * 256L, $"The files need more than the {options.ScratchMb} MiB of a scratch folder (Sandbox:ScratchMb).");
        Require(bytes <= RunRequest.MaxInputBytes, $"The files are larger than {RunRequest.MaxInputBytes >> 20} MiB together.");
        Require(request.Stdin.Length <= RunRequest.MaxInputBytes, $"The input is larger than {RunRequest.MaxInputBytes >> 20} MiB.");
        Require(bytes + request.Stdin.Length <= Frames.MaxRequest - (1 << 20) - (files.Length * 1100L), "Files and their names are too large together.");
    }

    private static void CheckLimits(ResourceLimits limits)
    {
        var most = ResourceLimits.Ceiling;
        Require(limits.CpuSeconds > 0 && limits.CpuSeconds <= most.CpuSeconds, $"CpuSeconds must be above 0 and at most {most.CpuSeconds}.");
        Require(limits.WallSeconds > 0 && limits.WallSeconds <= most.WallSeconds, $"WallSeconds must be above 0 and at most {most.WallSeconds}.");
        Require(limits.MemoryMb > 0 && limits.MemoryMb <= most.MemoryMb, $"MemoryMb must be above 0 and at most {most.MemoryMb}.");
        Require(limits.Processes > 0 && limits.Processes <= most.Processes, $"Processes must be above 0 and at most {most.Processes}.");
        Require(limits.OutputKb > 0 && limits.OutputKb <= most.OutputKb, $"OutputKb must be above 0 and at most {most.OutputKb}.");
        Require(limits.FileKb is null or (> 0 and <= 1 << 20), $"FileKb must be above 0 and at most {most.FileKb}.");
        Require(limits.OpenFiles >= 16 && limits.OpenFiles <= most.OpenFiles, $"OpenFiles must be from 16 to {most.OpenFiles}.");
    }

    private static void CheckPath(string path)
    {
        var fits = Encoding.UTF8.GetByteCount(path) <= MaxPathBytes
            && !path.Contains('\0')
            && path.Split('/').All(part => part is not ("" or "." or "..") && Encoding.UTF8.GetByteCount(part) <= MaxPartBytes);
        Require(fits, $"'{path}' is not a path below the scratch folder.");
    }

    private static void CheckTree(List<string> paths, SandboxOptions options)
    {
        var folders = new HashSet<string>(paths.SelectMany(Parents), StringComparer.Ordinal);
        Require(paths.Distinct(StringComparer.Ordinal).Count() == paths.Count, "Two files have the same path.");
        Require(!paths.Any(folders.Contains), "A file has the path of another's folder.");
        Require(paths.Count + folders.Count <= options.ScratchInodes, $"More than {options.ScratchInodes} files and folders (Sandbox:ScratchInodes).");
    }

    private static IEnumerable<string> Parents(string path)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
