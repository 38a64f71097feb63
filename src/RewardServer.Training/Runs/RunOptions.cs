using static TorchSharp.torch;

namespace RewardServer.Training.Runs;

/// <summary>Where and on what a run is made; what it is made of says its recipe.</summary>
public sealed record RunOptions
{
    /// <summary>The folder of the run.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether it goes on from its newest checkpoint.</summary>
    public bool Resume { get; init; }

    /// <summary>Where base models are kept for the next run that asks for the same.</summary>
    public required string BaseModels { get; init; }

    /// <summary>Whether an earlier stage tells of the base model's pretraining: where the model is there, its steps and their time are not this run's.</summary>
    public bool BaseIsTold { get; init; }

    /// <summary>Where what earlier stages made is, for a stage of a staged recipe.</summary>
    public StageFolders Stages { get; init; } = StageFolders.None;

    /// <summary>What computes; with others, the first, on which the policy is optimised, measured and kept.</summary>
    public Device Device { get; init; } = CPU;

    /// <summary>Further devices, each of which has a copy of the policy that writes and learns its share.</summary>
    public IReadOnlyList<Device> Others { get; init; } = [];

    /// <summary>Bytes of the device that the run may take; null for what is free there.</summary>
    public long? Memory { get; init; }

    /// <summary>The type that the policy computes in: float32, or bfloat16 with fp32 masters.</summary>
    public ScalarType ComputeType { get; init; } = ScalarType.Float32;

    /// <summary>Of what kind and how many the devices are: what the last digits of a run depend on.</summary>
    internal string Devices => Others.Count == 0 ? $"{Device.type}" : $"{Device.type} x {1 + Others.Count}";
}
