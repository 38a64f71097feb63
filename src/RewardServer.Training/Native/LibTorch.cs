using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TorchSharp;

namespace RewardServer.Training.Native;

/// <summary>
/// Loads libtorch before TorchSharp first asks for it: the one that came with the build, or that of an installed PyTorch. To be called before
/// anything else of TorchSharp.
/// </summary>
public static class LibTorch
{
    /// <summary>The library that a libtorch for CUDA has beside the others.</summary>
    internal const string CudaLibrary = "libtorch_cuda.so";

    // GCC 13 made streams initialise themselves through one symbol of this version, and every library built with it asks for it. libstdc++
    // initialises them by itself up to GCC 12, so an older one lacks nothing that is called.
    private const string NewerVersion = "GLIBCXX_3.4.32";

    // M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h.
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

    private static readonly Lock Gate = new();
    private static bool loaded;

    /// <summary>Loads it, once a process.</summary>
    /// <param name="folder">Where an installed PyTorch has its libraries (<c>python3 -c "import torch; print(torch.__path__[0] + '/lib')"</c>); null for the one of the build.</param>
    /// <param name="cuda">Whether it is to compute on a GPU, too.</param>
    /// <exception cref="LibTorchMissingException">There is none, or it does not fit; the message says how to get one.</exception>
    public static void Load(string? folder = null, bool cuda = false)
    {
        lock (Gate)
        {
            if (!loaded)
            {
                Libraries(folder, cuda);
                loaded = true;
            }
        }
    }

    /// <summary>The folder that this program keeps what it makes in, for this user.</summary>
    public static string Cache { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named ? named
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? Path.Combine(home, ".cache") : Path.GetTempPath(),
        "rewardserver");

    /// <summary>
    /// A library that this machine's loader takes: the one given, or where its libstdc++ is older than the library's, a copy in a cache folder
    /// whose need of the newer version is weak.
    /// </summary>
    /// <param name="library">Path of a library.</param>
    /// <param name="hostHas">Whether this machine's libstdc++ has a version.</param>
    /// <param name="cache">Where copies are kept.</param>
    /// <returns>Its path, or the copy's.</returns>
    /// <exception cref="InvalidDataException">It is no library.</exception>
    /// <exception cref="IOException">It cannot be read, or the copy not be written.</exception>
    internal static string Fitting(string library, Func<string, bool> hostHas, string cache)
    {
        var image = File.ReadAllBytes(library);
        var needs = new ElfVersionNeeds(image);
        if (!needs.Strong.Contains(NewerVersion) || hostHas(NewerVersion))
        {
            return library;
        }

        var copy = Path.Combine(cache, Convert.ToHexStringLower(SHA256.HashData(image))[..16], Path.GetFileName(library));
        needs.Weaken(NewerVersion);
        // What a full disk or a crash left is none.
        if (!File.Exists(copy) || !File.ReadAllBytes(copy).AsSpan().SequenceEqual(image))
        {
            Write(image, copy);
        }

        return copy;
    }

    /// <summary>Whether this machine's libstdc++ has a version of its symbols.</summary>
    internal static bool HostHas(string version) =>
        HostLibraries().Any(path => File.ReadAllBytes(path).AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(version + "\0")) >= 0);

    /// <summary>Loads it, and what of it is loaded already once more, which changes nothing.</summary>
    /// <exception cref="LibTorchMissingException">There is none, or it does not fit.</exception>
    internal static void Libraries(string? folder, bool cuda)
    {
        var native = folder ?? Native();
        Prepare();
        try
        {
            if (folder is not null)
            {
                TorchVersion.Check(folder);
            }

            if (cuda && OperatingSystem.IsLinux() && !File.Exists(Path.Combine(native, CudaLibrary)))
            {
                throw new FileNotFoundException("it is one without CUDA, for there is no " + CudaLibrary);
            }

            foreach (var name in Present(native))
            {
                var library = NativeLibrary.Load(Path.Combine(native, name));
                if (cuda && name == "libtorch_cpu.so")
                {
                    CudaAttention.LeaveCuDnnOut(library);
                }
            }

            if (OperatingSystem.IsLinux())
            {
                var binding = Path.Combine(Native(), "libLibTorchSharp.so");
                var handle = NativeLibrary.Load(Fitting(binding, HostHas, Path.Combine(Cache, "libtorch")));
                NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, assembly, path) => name == "LibTorchSharp" ? handle : 0);
            }

            torch.InitializeDeviceType(cuda ? DeviceType.CUDA : DeviceType.CPU);
        }
        // What the loader, TorchSharp and a copy that cannot be written throw: each says which file and why.
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException or NotSupportedException or EntryPointNotFoundException
            or TypeInitializationException or IOException or UnauthorizedAccessException or InvalidDataException or ExternalException)
        {
            throw new LibTorchMissingException(native, folder is not null, exception);
        }
        catch (InvalidOperationException) when (cuda)
        {
            throw new LibTorchMissingException(native, folder is not null, new IOException("it finds no GPU: there is none, or the driver is older than its CUDA asks for (nvidia-smi tells)"));
        }
    }

    private static void Write(byte[] image, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Under a name of its own first: another process may be doing the same, or have the old one loaded.
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(unfinished, image);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    // In the order in which they need one another. Those of CUDA are loaded by hand, for nothing links to them.
    private static IEnumerable<string> Present(string folder)
    {
        string[] names = OperatingSystem.IsLinux() ? ["libc10.so", "libtorch_cpu.so", "libc10_cuda.so", CudaLibrary, "libtorch.so"] : [];
        if (names.Length > 0 && !File.Exists(Path.Combine(folder, "libtorch_cpu.so")))
        {
            throw new FileNotFoundException("there is no libtorch_cpu.so");
        }

        return names.Where(name => File.Exists(Path.Combine(folder, name)));
    }

    /// <summary>Where the build puts native libraries: beside the program for one system, else in a folder a system.</summary>
    internal static string Native()
    {
        var own = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location) is { Length: > 0 } location ? location : AppContext.BaseDirectory;
        var portable = Path.Combine(own, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        return Directory.Exists(portable) ? portable : own;
    }

    // Where another program has the processor that one thread waits for, waiting by spinning takes it from both: two threads fell from 65,000
    // tokens a second to 700 on a busy machine. So many turns lose nothing on a quiet one.
    private const string WaitingTurns = "3000";

    // libtorch takes and gives back every intermediate tensor. By default glibc asks the kernel for the large ones anew each time, whose pages are
    // then cleared and faulted in one by one: that can take longer than computing them.
    private static void Prepare()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = mallopt(TrimThreshold, int.MaxValue);
            _ = mallopt(MapThreshold, 1 << 30);
            _ = setenv("GOMP_SPINCOUNT", WaitingTurns, 0);
        }
    }

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mallopt(int parameter, int value);

    [DllImport("libc", CharSet = CharSet.Ansi), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setenv([MarshalAs(UnmanagedType.LPStr)] string name, [MarshalAs(UnmanagedType.LPStr)] string value, int overwrite);

    private static IEnumerable<string> HostLibraries()
    {
        NativeLibrary.Load("libstdc++.so.6");
        return File.ReadLines("/proc/self/maps")
            .Select(line => line.IndexOf('/') is var at && at >= 0 ? line[at..] : "")
            .Where(path => Path.GetFileName(path).StartsWith("libstdc++.so", StringComparison.Ordinal))
            .Distinct();
    }
}
