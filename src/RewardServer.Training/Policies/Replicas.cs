using System.Runtime.ExceptionServices;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Policies;

/// <summary>
/// A policy and copies of it on further devices, which write and learn as one: each computes its share on a thread of its own, gradients are added to the
/// policy's in the order of the devices, and the copies have the policy's parameters whenever they compute. A policy without copies computes as it does alone.
/// </summary>
public sealed class Replicas : IDisposable
{
    // Numbers of a gradient that are on the way from one device to another at once: 256 MiB.
    private const long Carried = 1 << 26;

    private readonly Policy[] all;
    private readonly long[] versions;
    private readonly DeviceThread[] threads;

    /// <summary>Makes the copies.</summary>
    /// <param name="policy">The policy, which stays its owner's.</param>
    /// <param name="others">The devices of its copies.</param>
    public Replicas(Policy policy, params IReadOnlyList<Device> others)
        : this([policy, .. others.Select(policy.On)])
    {
    }

    private Replicas(Policy[] all)
    {
        this.all = all;
        versions = new long[all.Length];
        Array.Fill(versions, -1);
        threads = all.Length == 1 ? [] : [.. all.Select(one => new DeviceThread($"{one.Device}"))];
        Broadcast();
    }

    /// <summary>The policy, whose parameters are optimised, measured and kept.</summary>
    public Policy Policy => all[0];

    /// <summary>It and its copies.</summary>
    public int Count => all.Length;

    /// <summary>The devices of its copies.</summary>
    public IReadOnlyList<Device> Others => [.. all.Skip(1).Select(copy => copy.Device)];

    /// <summary>The one that computes beside one of other policies, which lie on the same devices: on its device, and its thread.</summary>
    /// <param name="policies">The others.</param>
    /// <param name="policy">One of them.</param>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    internal Policy Beside(Replicas policies, Policy policy) =>
        Array.IndexOf(policies.all, policy) is >= 0 and var replica ? all[replica] : throw new ArgumentException("the policy is none of these", nameof(policy));

    /// <summary>A policy of other parts and copies of it, which share the weights that the policy and its copies do not train; it is the caller's to dispose of.</summary>
    /// <param name="made">What <see cref="Policy.Sharing"/> gave of the policy.</param>
    internal Replicas Sharing(Policy made) => new([made, .. all.Skip(1).Select(copy => copy.Sharing(made.Shape))]);

    /// <summary>The policy and its copies with their adapters off. They share the weights, which must be there as long as they are; the policy's own is the caller's to dispose of.</summary>
    /// <exception cref="InvalidOperationException">The policy has no adapters.</exception>
    public Replicas WithoutAdapters() => new([.. all.Select(one => one.WithoutAdapters())]);

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(threads, thread => thread.Dispose());
        foreach (var copy in all.Skip(1))
        {
            copy.Dispose();
        }
    }

    /// <summary>Has each compute its share, all at once.</summary>
    /// <param name="share">Computes a share, given who does, which of all that is, and what ends it, which it does where another's fails.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What each gave, in the order of the devices.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    internal T[] Each<T>(Func<Policy, int, CancellationToken, T> share, CancellationToken cancellation = default)
    {
        Broadcast();
        return all.Length == 1 ? [share(Policy, 0, cancellation)] : AtOnce(share, cancellation);
    }

    /// <summary>Adds the gradients of the copies to the policy's, and sets them to 0.</summary>
    internal void Reduce()
    {
        using var _ = no_grad();
        var sum = Policy.Parameters.Gradients;
        foreach (var gradients in all.Skip(1).Select(copy => copy.Parameters.Gradients))
        {
            for (long start = 0; start < sum.shape[0]; start += Carried)
            {
                using var scope = NewDisposeScope();
                var length = Math.Min(Carried, sum.shape[0] - start);
                sum.narrow(0, start, length).Add(gradients.narrow(0, start, length).to(sum.device));
            }

            gradients.zero_();
        }
    }

    private T[] AtOnce<T>(Func<Policy, int, CancellationToken, T> share, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        T Own(int replica)
        {
            try
            {
                return share(all[replica], replica, ended.Token);
            }
            catch
            {
                ended.Cancel();
                throw;
            }
        }

        Task<T>[] shares = [.. threads.Select((thread, replica) => thread.Run(() => Own(replica)))];
        try
        {
            Task.WaitAll(shares, CancellationToken.None);
        }
        catch (AggregateException failed)
        {
            // Those that were only ended say less than the one that failed.
            ExceptionDispatchInfo.Throw(failed.InnerExceptions.FirstOrDefault(one => one is not OperationCanceledException) ?? failed.InnerExceptions[0]);
        }

        return [.. shares.Select(one => one.Result)];
    }

    // The copies get the parameters that the policy has now.
    private void Broadcast()
    {
        using var _ = no_grad();
        for (var i = 1; i < all.Length; i++)
        {
            if (versions[i] != Policy.Parameters.Version)
            {
                all[i].Parameters.Masters.copy_(Policy.Parameters.Masters);
                all[i].Parameters.Publish();
                versions[i] = Policy.Parameters.Version;
            }
        }
    }
}
