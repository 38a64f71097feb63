using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using TorchSharp;

namespace RewardServer.Training.Tests.Tensors;

/// <summary>
/// Finds in compiled code the calls that make a <see cref="TorchSharp.Scalar"/> and do not keep it: nothing disposes of it after what it was made for, so that its
/// finalizer may free it meanwhile. Calls of TorchSharp's methods count that do so themselves, or through others of its methods.
/// </summary>
internal sealed class UnkeptScalars
{
    private const string ScalarName = "TorchSharp.Scalar";

    private readonly HashSet<string> unkept = [];

    public UnkeptScalars()
    {
        var methods = Methods(typeof(Scalar).Assembly.Location);
        var callers = methods.SelectMany(method => Calls(method).Select(call => (Caller: method, Called: Name(call)))).ToLookup(pair => pair.Called, pair => pair.Caller);
        var left = new Queue<MethodDefinition>(methods.Where(method => method.ReturnType.FullName != ScalarName && Calls(method).Any(call => Makes(call) && !IsKept(method, call))));
        while (left.TryDequeue(out var method))
        {
            if (unkept.Add(Name(method)))
            {
                foreach (var caller in callers[Name(method)].Where(caller => caller.ReturnType.FullName != ScalarName))
                {
                    left.Enqueue(caller);
                }
            }
        }
    }

    /// <summary>TorchSharp's methods that do not keep a scalar.</summary>
    public IReadOnlyCollection<string> OfTorchSharp => unkept;

    /// <summary>The calls of an assembly.</summary>
    public string[] In(string assembly) =>
    [
        .. from method in Methods(assembly)
           from call in Calls(method)
           where unkept.Contains(Name(call)) || Makes(call) && !IsKept(method, call)
           select $"{method.DeclaringType.FullName}.{method.Name} calls {Name(call)}",
    ];

    private static MethodDefinition[] Methods(string assembly)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(assembly));
        var methods = ModuleDefinition.ReadModule(assembly, new ReaderParameters { AssemblyResolver = resolver }).GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).ToArray();
        Array.ForEach(methods, method => method.Body.SimplifyMacros());
        return methods;
    }

    // Also those that are handed on as delegates.
    private static IEnumerable<Instruction> Calls(MethodDefinition method) =>
        method.Body.Instructions.Where(instruction => instruction.Operand is MethodReference called && called.DeclaringType is not ArrayType && called.DeclaringType.GetElementType().Scope.Name.StartsWith("TorchSharp", StringComparison.Ordinal));

    private static string Name(Instruction call) => Name(((MethodReference)call.Operand).Resolve());

    private static string Name(MethodDefinition method) => method.FullName;

    private static bool Makes(Instruction call) =>
        call.Operand is MethodReference made && (made.ReturnType.FullName == ScalarName || call.OpCode == OpCodes.Newobj && made.DeclaringType.FullName == ScalarName);

    // As `using var` does: into a local, which is disposed of.
    private static bool IsKept(MethodDefinition method, Instruction call) =>
        call.Next is { OpCode.Code: Code.Stloc, Operand: VariableDefinition local }
        && method.Body.Instructions.Any(instruction => instruction.Operand is MethodReference { Name: nameof(IDisposable.Dispose) } && instruction.Previous?.Operand == local);
}
