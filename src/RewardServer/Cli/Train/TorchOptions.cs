using System.CommandLine;
using RewardServer.Hosting;
using RewardServer.Training.Native;
using TorchSharp;

namespace RewardServer.Cli.Train;

/// <summary>What computes, and with which libtorch: options of every verb that runs a policy.</summary>
internal static class TorchOptions
{
    // Beyond any machine's cores; a hundred thousand would not come into being.
    private const int MostThreads = 1024;

    private static readonly Option<string> Device = new("--device")
    {
        Description = "What a policy is computed on: cpu, cuda, or cuda:N; several with commas between them, or cuda:all, share the training.",
        HelpName = "DEVICE",
        DefaultValueFactory = _ => "cpu",
    };

    private static readonly Option<string?> Library = new("--libtorch")
    {
        Description = "The lib folder of an installed PyTorch (2.10 or 2.11) to compute with, in place of the libtorch of the build.",
        HelpName = "FOLDER",
    };

    private static readonly Option<int?> Threads = new("--threads") { Description = "Threads that compute on the CPU (default: one a core).", HelpName = "N" };

    private static readonly Option<string?> Precision = new("--precision")
    {
        Description = "What a policy computes in: fp32 (default on the CPU) or bf16 with fp32 masters (default on a GPU).",
        HelpName = "TYPE",
    };

    /// <summary>All of them.</summary>
    public static Option[] All => [Device, Library, Threads, Precision];

    /// <summary>Loads libtorch and finds the devices.</summary>
    /// <returns>At least one device, all of one kind, and what is computed in.</returns>
    /// <exception cref="StartException">There is no libtorch, or no such device.</exception>
    public static (torch.Device[] Devices, torch.ScalarType ComputeType) Load(ParseResult parsed)
    {
        var name = parsed.GetValue(Device)!;
        var asked = DeviceNames.Read(name) ?? throw new StartException([$"--device: must be cpu, cuda, cuda:N or cuda:all, or several of one kind with commas between them, but is '{name}'"]);
        var onGpu = asked[0].Kind == DeviceType.CUDA;
        var precision = parsed.GetValue(Precision) ?? (onGpu ? "bf16" : "fp32");
        if (precision is not ("fp32" or "bf16"))
        {
            throw new StartException([$"--precision: must be fp32 or bf16, but is '{precision}'"]);
        }

        try
        {
            LibTorch.Load(parsed.GetValue(Library), cuda: onGpu);
        }
        catch (LibTorchMissingException exception)
        {
            throw new StartException([exception.Message]);
        }

        if (parsed.GetValue(Threads) is { } threads)
        {
            torch.set_num_threads(threads is > 0 and <= MostThreads ? threads : throw new StartException([$"--threads: must be from 1 to {MostThreads}, but is {threads}"]));
        }

        var present = onGpu ? torch.cuda.device_count() : 0;
        if (onGpu && (asked.Any(one => one.Index >= present) || present == 0))
        {
            throw new StartException([$"--device: there is no cuda:{asked.Max(one => one.Index) ?? 0}; this machine has {present}"]);
        }

        torch.Device[] devices = [.. asked.SelectMany(one => one.On(present))];
        // Copies on the processors share them, as threads do; a GPU would have to hold both, and be no faster.
        if (devices.Where(_ => onGpu).GroupBy(one => one.index).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new StartException([$"--device: names cuda:{twice.Key} more than once"]);
        }

        return (devices, precision == "fp32" ? torch.ScalarType.Float32 : torch.ScalarType.BFloat16);
    }

    /// <summary>The same, for what is computed on one device alone.</summary>
    /// <exception cref="StartException">There is no libtorch, or no such device, or several are named.</exception>
    public static (torch.Device Device, torch.ScalarType ComputeType) LoadOne(ParseResult parsed)
    {
        var (devices, type) = Load(parsed);
        return devices is [var device] ? (device, type) : throw new StartException([$"--device: must be one device here, but is '{parsed.GetValue(Device)}'"]);
    }
}
