//! Manual order.

use bearings_plan::*;

use crate::builder::*;

/// Objectives in the backlog, named by their first place.
struct Order {
    world: World,
    ids: Vec<ObjectiveId>,
}

impl Order {
    fn of(count: usize) -> Self {
        let mut world = World::new();
        let ids = (0..count).map(|_| world.objective(None)).collect();
        Self { world, ids }
    }

    fn names(&self) -> String {
        let all = self.world.plan.objectives_of(None, day(0));
        let name = |id| self.ids.iter().position(|each| *each == id).unwrap();
        all.iter().map(|each| char::from(b'A' + u8::try_from(name(each.id)).unwrap())).collect()
    }

    fn rank(&mut self, index: usize, rank: Rank) {
        self.world.edit(Edit::of(self.ids[index], ObjectiveEdit::rank(rank)));
    }

    /// Moves by one place; whether there was one.
    fn moved(&mut self, name: char, up: bool) -> bool {
        let index = usize::from(u8::try_from(name).unwrap() - b'A');
        let rank = self.world.plan.objective_moved(self.ids[index], up, day(0));
        rank.map(|rank| self.rank(index, rank)).is_some()
    }
}

#[test]
fn new_things_come_last() {
    let mut order = Order::of(4);
    assert_eq!(order.names(), "ABCD");
    order.moved('D', true);
    let id = order.world.objective(None);
    order.ids.push(id);
    assert_eq!(order.names(), "ABDCE", "after all, however they were moved");
}

#[test]
fn moving_is_by_one_place() {
    for (name, up, expected) in [
        ('A', true, None),
        ('B', true, Some("BACD")),
        ('C', true, Some("ACBD")),
        ('D', true, Some("ABDC")),
        ('A', false, Some("BACD")),
        ('B', false, Some("ACBD")),
        ('C', false, Some("ABDC")),
        ('D', false, None),
    ] {
        let mut order = Order::of(4);
        assert_eq!(order.moved(name, up), expected.is_some(), "{name} {up}");
        assert_eq!(order.names(), expected.unwrap_or("ABCD"), "{name} {up}");
    }
}

#[test]
fn moving_again_and_again() {
    let mut order = Order::of(4);
    for _ in 0..50 {
        // D to the top and back.
        for expected in ["ABDC", "ADBC", "DABC"] {
            assert!(order.moved('D', true));
            assert_eq!(order.names(), expected);
        }
        assert!(!order.moved('D', true));
        for expected in ["ADBC", "ABDC", "ABCD"] {
            assert!(order.moved('D', false));
            assert_eq!(order.names(), expected);
        }
        assert!(!order.moved('D', false));
    }
}

#[test]
fn equal_ranks_can_be_parted() {
    // Made on two machines at once, or without a rank: by id, and every move still moves.
    let same = Rank::between(None, None);
    let after = Rank::between(Some(&same), None);
    for (ranks, name, up, expected) in [
        ([&same, &same, &same, &after], 'C', true, "CABD"),
        ([&same, &same, &same, &after], 'B', true, "BACD"),
        ([&same, &same, &same, &after], 'D', true, "DABC"),
        // Behind all that are equal, but before what comes after them.
        ([&same, &same, &same, &after], 'A', false, "BCAD"),
        ([&same, &same, &same, &after], 'C', false, "ABDC"),
        ([&same, &after, &after, &after], 'A', false, "BCDA"),
        ([&same, &after, &after, &after], 'D', true, "ADBC"),
        ([&same, &same, &same, &same], 'D', true, "DABC"),
        ([&same, &same, &same, &same], 'A', false, "BCDA"),
    ] {
        let mut order = Order::of(4);
        for (index, rank) in ranks.into_iter().enumerate() {
            order.rank(index, rank.clone());
        }
        assert_eq!(order.names(), "ABCD");
        assert!(order.moved(name, up));
        assert_eq!(order.names(), expected, "{ranks:?}: {name} up: {up}");
    }
}

#[test]
fn key_results_and_kpis_move_too() {
    let mut world = World::new();
    let objective = world.objective(None);
    let [a, b, c] = [(); 3].map(|()| world.key_result(objective, metric(0.0, 1.0)));
    let elsewhere = world.objective(None);
    let alone = world.key_result(elsewhere, metric(0.0, 1.0));
    assert_eq!(world.plan.key_result_moved(alone, true, day(0)), None, "only among its own");
    let rank = world.plan.key_result_moved(c, true, day(0)).unwrap();
    world.edit_key_result(c, KeyResultEdit::rank(rank));
    let ids: Vec<_> = world.objective_report(objective, 0).key_results.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, [a, c, b]);
    let [a, b] = [(); 2].map(|()| world.kpi(Frequency::Monthly, Aggregation::Last));
    let rank = world.plan.kpi_moved(a, false).unwrap();
    world.edit(Edit::of(a, KpiEdit::rank(rank)));
    let ids: Vec<_> = world.plan.kpis_in_order().iter().map(|kpi| kpi.id).collect();
    assert_eq!(ids, [b, a]);
    world.apply(Change::Delete(a.into()));
    assert_eq!(world.plan.kpi_moved(a, true), None, "gone");
}
