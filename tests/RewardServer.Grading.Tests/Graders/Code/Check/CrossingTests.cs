using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Grading.Tests.Graders.Code.Check;

/// <summary>What crosses between a check and an honest program: a check must say what it would say in one process.</summary>
public sealed class CrossingTests(SharedSandbox sandbox)
{
    [Fact]
    public Task Values_of_the_language_cross_as_they_are() => Passes(
        """
        def f(x): return x
        """,
        """
        import math
        for v in [None,True,0,-1,2**63,-2**63,2**200,-2**200,1.5,-0.0,float('inf'),1j,'a','\ud800x','y'*1000,b'a',b'z'*100,[1],[1]*100,[1.5]*20,(),(1,),(1,2.0,'x'),set(),{1,2},frozenset([1,2]),{},{1:2,'a':[3]},range(3),slice(1,2),Ellipsis,[True]*20,[1,True]*10,{(1,2):[{}]}]:
            r=f(v)
            assert type(r) is type(v) and r==v, v
            if isinstance(v,(list,tuple)): assert list(map(type,r))==list(map(type,v))
        assert math.isnan(f(float('nan')))
        assert str(f(-0.0))=='-0.0'
        assert list(f({'b':1,'a':2}))==['b','a']
        b=bytearray(b'abc'); assert f(b) is b
        """);

    [Fact]
    public Task Values_of_the_library_cross_as_they_are() => Passes(
        """
        def f(x): return x

        from decimal import Decimal
        from fractions import Fraction
        import datetime as D
        from collections import *
        def mk(): return [Decimal('1.10'),Fraction(1,3),D.date(2020,1,2),D.datetime(2020,1,2,3,tzinfo=D.timezone.utc),D.time(1),D.timedelta(1,2,3),Counter('aab'),OrderedDict([(1,2)]),deque([1,2],3),defaultdict(list,{1:[2]}),{1:2}.keys(),{1:2}.values(),{1:2}.items()]
        """,
        """
        from decimal import Decimal
        from fractions import Fraction
        import datetime as D
        from collections import *
        r=mk()
        e=[Decimal('1.10'),Fraction(1,3),D.date(2020,1,2),D.datetime(2020,1,2,3,tzinfo=D.timezone.utc),D.time(1),D.timedelta(1,2,3),Counter('aab'),OrderedDict([(1,2)]),deque([1,2],3),defaultdict(list,{1:[2]})]
        assert r[:10]==e, r
        assert [type(x) for x in r[:10]]==[type(x) for x in e]
        assert r[10]=={1} and list(r[11])==[2] and list(r[12])==[(1,2)]
        assert r[8].maxlen==3
        assert r[9][7]==[]
        for x in e: assert f(x)==x
        """);

    [Fact]
    public Task What_is_raised_inside_of_a_with_reaches_a_context_manager_that_is_a_generator() => Passes(
        """
        from contextlib import contextmanager
        log=[]
        @contextmanager
        def tag(name, swallow=False):
            log.append('in '+name)
            try: yield name
            except ValueError:
                if not swallow: raise
            finally: log.append('out '+name)
        """,
        """
        with tag('a') as t: assert t=='a'
        try:
            with tag('b'): raise ValueError('x')
        except ValueError as e: assert str(e)=='x'
        else: assert False
        with tag('c', True): raise ValueError('y')
        assert log==['in a','out a','in b','out b','in c','out c']
        """);

    [Fact]
    public Task Functions_of_the_library_read_dataclasses() => Passes(
        """
        from dataclasses import dataclass, field
        @dataclass
        class Point:
            x: int
            tags: list = field(default_factory=list)
        """,
        """
        from dataclasses import asdict, astuple, dataclass, fields, replace
        point=Point(1, ['a'])
        assert asdict(point)=={'x':1,'tags':['a']}
        assert astuple(point)==(1,['a'])
        assert [each.name for each in fields(Point)]==['x','tags']
        assert replace(point, x=2)==Point(2, ['a'])
        @dataclass
        class Own:
            x: int
        assert asdict(Own(1))=={'x':1}
        """);

    [Fact]
    public Task What_holds_itself_is_shared_or_is_deep_crosses() => Passes(
        """
        def f():
            a=[1]; a.append(a); return a
        def g(x): return x
        def h():
            a=[]; b=(a,a); return b
        def deep(n):
            r=[]
            for _ in range(n): r=[r]
            return r
        def share():
            t=()
            for _ in range(60): t=(t,t)
            return t
        """,
        """
        a=f(); assert a[1] is a and a[0]==1
        b=h(); assert b[0] is b[1]
        d=deep(100000)
        n=0
        while d: d=d[0]; n+=1
        assert n==100000
        t=share(); assert len(t)==2
        """);

    [Fact]
    public Task Arguments_that_the_program_changes_are_changed() => Passes(
        """
        def push(l,x): l.append(x)
        def srt(l): l.sort(); return l
        def upd(d): d['k']=1; d.pop('o',None)
        def s(x): x.add(5)
        def alias(a,b): a.append(1); return a is b
        def nest(m): m[0][0]=9; m[1].append(m[0])
        def ba(b): b[0]=65
        def dq(d): d.appendleft(0)
        """,
        """
        from collections import deque
        l=[3,1]; push(l,2); assert l==[3,1,2]
        r=srt(l); assert r is l and l==[1,2,3]
        d={'o':1}; upd(d); assert d=={'k':1}
        x={1}; s(x); assert x=={1,5}
        assert alias(l,l) and l==[1,2,3,1]
        m=[[0],[1]]; a=m[0]; nest(m); assert m[0] is a and a==[9] and m[1][1] is a
        b=bytearray(b'bb'); ba(b); assert b==b'Ab'
        q=deque([1]); dq(q); assert list(q)==[0,1]
        big=list(range(100)); srt(big); push(big,[1]); assert big[-1]==[1]
        """);

    [Fact]
    public Task Functions_of_the_check_can_be_called_by_the_program() => Passes(
        """
        def ap(f,x): return f(x)
        def srt(l,key): return sorted(l,key=key)
        def comp(f,g): return lambda x: f(g(x))
        def rec(f,n): return n if n==0 else f(rec,n-1)
        def mp(f,l): return list(map(f,l))
        """,
        """
        assert ap(lambda x:x+1,2)==3
        assert srt([3,1,2],lambda x:-x)==[3,2,1]
        h=comp(lambda x:x*2,lambda x:x+1); assert h(3)==8
        assert rec(lambda r,n: r(lambda rr,k: k,n) , 5) in (4,3)
        assert mp(str,[1,2])==['1','2'] and mp(len,['a'])==[1]
        import operator
        assert ap(operator.neg,3)==-3
        def boom(x): raise KeyError('q')
        try: ap(boom,1)
        except KeyError as e: assert e.args==('q',)
        else: assert 0
        class E(Exception): pass
        def boom2(x): raise E(x)
        try: ap(boom2,5)
        except E as e: assert e.args==(5,)
        else: assert 0
        seen=[]
        ap(seen.append,4); assert seen==[4]
        """);

    [Fact]
    public Task Exceptions_are_raised_with_their_types_and_arguments() => Passes(
        """
        class MyErr(ValueError):
            def __init__(self,msg,code): super().__init__(msg); self.code=code
            def __str__(self): return 'my '+self.args[0]
        class Other(Exception): pass
        def a(): raise ValueError('bad',3)
        def b(): raise MyErr('m',7)
        def c(): return 1/0
        def d(): return [][1]
        def e(): raise Other
        def r(n): return r(n+1)
        def j():
            import json; json.loads('{')
        def u(): return b'\xff'.decode()
        def ke(): return {}['x']
        """,
        """
        try: a(); assert 0
        except ValueError as x: assert x.args==('bad',3)
        try: b(); assert 0
        except MyErr as x: assert x.code==7 and str(x)=='my m' and isinstance(x,ValueError)
        for f,t in [(c,ZeroDivisionError),(d,IndexError),(e,Other),(ke,KeyError),(u,UnicodeDecodeError)]:
            try: f()
            except t as x: pass
            else: assert 0
        try: r(0); assert 0
        except RecursionError: pass
        import json
        try: j(); assert 0
        except json.JSONDecodeError: pass
        except ValueError: pass
        assert issubclass(MyErr,ValueError) and issubclass(Other,Exception)
        x=MyErr('q',2); assert x.code==2
        try: raise x
        except MyErr as y: assert y is x
        """);

    [Fact]
    public Task Classes_and_their_objects_are_used_as_if_they_were_here() => Passes(
        """
        from dataclasses import dataclass
        import enum
        from typing import NamedTuple
        from collections import namedtuple
        class Point:
            "A point."
            count=0
            def __init__(self,x,y=0): self.x=x; self.y=y; Point.count+=1
            def __add__(s,o): return Point(s.x+o.x,s.y+o.y)
            def __mul__(s,k): return Point(s.x*k,s.y*k)
            def __rmul__(s,k): return s*k
            def __eq__(s,o): return isinstance(o,Point) and (s.x,s.y)==(o.x,o.y)
            def __hash__(s): return hash((s.x,s.y))
            def __repr__(s): return f'Point({s.x}, {s.y})'
            def __lt__(s,o): return s.x<o.x
            def __bool__(s): return bool(s.x)
            @property
            def norm(s): return abs(s.x)+abs(s.y)
            @classmethod
            def zero(c): return c(0,0)
            @staticmethod
            def sm(a): return a+1
        class P3(Point): pass
        @dataclass
        class D:
            a:int
            b:list
        class Color(enum.Enum): RED=1; BLUE=2
        class Num(enum.IntEnum): ONE=1
        NT=namedtuple('NT','a b')
        class Emp(NamedTuple):
            n:str
            s:int=3
            def twice(self): return self.s*2
        def nt(): return NT(1,2)
        def emp(): return Emp('x',4)
        class Stack(list):
            def peek(self): return self[-1]
        class Bag:
            def __init__(s): s.l=[]
            def add(s,x): s.l.append(x); return s
            def __len__(s): return len(s.l)
            def __iter__(s): return iter(s.l)
            def __contains__(s,x): return x in s.l
            def __getitem__(s,i): return s.l[i]
            def __setitem__(s,i,v): s.l[i]=v
            def __enter__(s): return s
            def __exit__(s,*a): s.l=['exit',a[0] is None]; return False
        def gen(n):
            for i in range(n): yield i
        def mkp(): return Point(1,1)
        def num(): return Num.ONE
        class Node:
            def __init__(s,v,n=None): s.val=v; s.next=n
        def rev(h):
            p=None
            while h: h.next,p,h=p,h,h.next
            return p
        """,
        """
        p=Point(1,2); q=Point(3,4)
        assert p+q==Point(4,6) and p!=q and p==Point(1,2)
        assert p*2==Point(2,4) and 2*p==Point(2,4)
        assert repr(p)=='Point(1, 2)' and str(p)=='Point(1, 2)' and f'{p}'=='Point(1, 2)'
        assert p.x==1 and p.norm==3
        p.x=5; assert p.x==5
        del p.x
        try: p.x; assert 0
        except AttributeError: pass
        assert not hasattr(p,'zzz') and hasattr(p,'y')
        assert p<q if hasattr(p,'x') else True
        assert Point.zero()==Point(0,0) and Point.sm(1)==2
        assert not Point.zero() and q
        assert isinstance(q,Point) and not isinstance(3,Point) and isinstance(P3(1),Point) and issubclass(P3,Point)
        assert type(q) is Point and type(q).__name__=='Point' and Point.__doc__=='A point.'
        assert len({Point(1,1),Point(1,1)})==1
        assert Point.count>0
        assert sorted([Point(2),Point(1)])[0].x==1
        assert vars(q)=={'x':3,'y':4}
        assert D(1,[2])==D(1,[2]) and D(1,[2])!=D(1,[3]) and repr(D(1,[2]))=='D(a=1, b=[2])'
        assert Color.RED is Color.RED and Color.RED==Color.RED and Color.RED!=Color.BLUE and Color.RED.value==1 and Color['RED'] is Color.RED and Color(1) is Color.RED
        assert [c.name for c in Color]==['RED','BLUE'] and len(Color)==2 and Color.RED in Color
        assert num()==1 and num() is Num.ONE and Num.ONE+1==2 and num().name=='ONE'
        assert nt()==(1,2) and nt().a==1 and nt()==NT(1,2) and isinstance(nt(),tuple)
        assert emp().n=='x' and emp().twice()==8 and Emp('a').s==3 and emp()._replace(s=1).s==1
        s=Stack(); s.append(3); assert s==[3] and s.peek()==3 and len(s)==1 and s[0]==3
        b=Bag(); b.add(1).add(2); assert len(b)==2 and list(b)==[1,2] and 2 in b and b[0]==1 and 9 not in b
        b[0]=7; assert b[0]==7
        with b as c: assert c is b
        assert b[0]=='exit' and b[1] is True
        g=gen(3); assert next(g)==0 and list(g)==[1,2]
        try: next(g); assert 0
        except StopIteration: pass
        assert list(gen(4))==[0,1,2,3] and sum(gen(4))==6
        n=Node(1,Node(2,Node(3))); r=rev(n); assert [r.val,r.next.val,r.next.next.val,r.next.next.next]==[3,2,1,None]
        import copy
        z=copy.deepcopy(q); assert z==q and z is not q
        import inspect, types
        assert list(inspect.signature(mkp).parameters)==[] and str(inspect.signature(rev))=='(h)'
        assert mkp.__name__=='mkp' and callable(mkp) and inspect.isfunction(mkp) and inspect.isgenerator(gen(1))
        assert isinstance(mkp(),Point)
        """);

    [Fact]
    public Task Objects_of_the_check_can_be_used_by_the_program() => Passes(
        """
        def total(n):
            s=0
            while n: s+=n.val; n=n.next
            return s
        def mk(N): return N(5)
        def setv(o): o.val=9
        def evil(o): return o.__class__.__init__.__globals__
        def length(o): return len(o)+sum(o)
        """,
        """
        class Node:
            def __init__(self,val,next=None): self.val=val; self.next=next
        assert total(Node(1,Node(2)))==3
        n=mk(Node); assert isinstance(n,Node) and n.val==5 and type(n) is Node
        setv(n); assert n.val==9
        try: evil(n); assert 0, 'reached'
        except AttributeError: pass
        class L:
            def __len__(self): return 2
            def __iter__(self): return iter([1,2])
        assert length(L())==5
        """);

    [Fact]
    public Task What_is_awaited_is_awaited() => Passes(
        """
        import asyncio
        async def f(x):
            await asyncio.sleep(0)
            return x+1
        async def ag():
            yield 1
            yield 2
        """,
        """
        import asyncio
        assert asyncio.run(f(1))==2
        async def m(): return await f(2)+await f(3), [x async for x in ag()]
        assert asyncio.run(m())==(7,[1,2])
        async def n(): return await asyncio.gather(f(1),f(2))
        assert asyncio.run(n())==[2,3]
        """);

    [Fact]
    public Task Data_of_the_program_is_as_it_is_now() => Passes(
        """
        n=0
        L=[]
        def inc():
            global n
            n+=1
            L.append(n)
        """,
        """
        inc(); assert n==1 and L==[1]
        inc()
        assert n==2 and L==[1,2]
        """);

    [Fact]
    public Task A_module_that_only_the_program_imports_is_the_checks_own() => Passes(
        """
        import math
        def f(x): return x
        """,
        """
        assert math.sqrt(f(4))==2
        """);

    [Fact]
    public Task The_languages_own_functions_are_not_the_programs_to_replace() => Passes(
        """
        def abs(x): return 0
        def len(x): return 3
        all=lambda x: True
        def f(x): return []
        """,
        """
        assert len(f(1))==0 and not all([0]) and abs(f(0) and 1 or -2)==2
        """);

    [Fact]
    public Task A_function_that_is_asked_for_may_have_a_name_of_the_languages() => Passes(
        """
        def sum(a,b): return a+b
        """,
        """
        assert sum(1,2)==3
        """);

    [Fact]
    public Task Arrays_cross() => Passes(
        """
        import numpy as np
        def f(n): return np.arange(n)
        def g(): return np.float64(1.5)
        def h(a): return a*2
        """,
        """
        import numpy as np
        assert (f(3)==np.array([0,1,2])).all() and g()==1.5 and (h(np.ones((2,2)))==2).all() and f(2).dtype==np.int64
        assert isinstance(g(),np.float64)
        """);

    [Fact]
    public Task Objects_of_derived_types_cross_as_their_base() => Passes(
        """
        class L(list): pass
        class I(int): pass
        class S(str): pass
        class DD(dict): pass
        def f(): return [L([1]),I(2),S('q'),DD(a=1)]
        """,
        """
        assert f()==[[1],2,'q',{'a':1}]
        """);

    [Theory]
    [InlineData("def f(): raise StopIteration", "for got, want in zip(map(lambda x: f(), [1]), [2]): assert got == want", "the program raised RuntimeError")]
    [InlineData("def f(): return 2", "assert f() == 2.5", "an assertion of the check failed")]
    [InlineData("def f(): return (1,)", "assert f() == [1]", "an assertion of the check failed")]
    [InlineData("def f(): return g()", "f()", "the program raised NameError")]
    [InlineData("def f(): return 1", "assert f() == nothing", "the program raised NameError")]
    [InlineData("assert False", "assert True", "the program raised AssertionError while it was loaded")]
    [InlineData("import ctypes\ndef f(): ctypes.string_at(0)", "f()", "the program was ended by signal 11")]
    public async Task What_fails_says_why(string source, string harness, string reason)
    {
        var report = await Report(source, harness);
        Assert.Equal((0.0, reason), (report.Score, report.Reason));
    }

    private async Task Passes(string source, string harness)
    {
        var report = await Report(source, harness);
        Assert.True(report is { Status: TestStatus.Passed, Integrity: Integrity.Separate }, $"{report.Reason}\n{report.Stderr}");
        Assert.Empty(report.Signals);
    }

    private async Task<TestReport> Report(string source, string harness)
    {
        sandbox.Need();
        var item = Items.Code(source, new CheckTest(harness));
        var verdict = await new CodeGrader(new(), new(), sandbox.Pool).GradeAsync(item, (CodeTask)item.Task, TestContext.Current.CancellationToken);
        return Assert.Single(((CodeDetails)verdict.Details!).Tests);
    }
}
