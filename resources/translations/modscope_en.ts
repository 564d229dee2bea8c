<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>modscope::Desktop</name>
    <message numerus="yes">
        <source>%n item(s) could not be sent:</source>
        <translation>
            <numerusform>%n item could not be sent:</numerusform>
            <numerusform>%n items could not be sent:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) sent to review</source>
        <translation>
            <numerusform>%n item sent to review</numerusform>
            <numerusform>%n items sent to review</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known already</source>
        <translation>
            <numerusform>%n known already</numerusform>
            <numerusform>%n known already</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::BulkPanel</name>
    <message numerus="yes">
        <source>Apply %1 to %n item(s)?</source>
        <translation>
            <numerusform>Apply %1 to %n item?</numerusform>
            <numerusform>Apply %1 to %n items?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Apply to %n item(s)</source>
        <translation>
            <numerusform>Apply to %n item</numerusform>
            <numerusform>Apply to %n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Choose a class for %n item(s), or 0 for none</source>
        <translation>
            <numerusform>Choose a class for %n item, or 0 for none</numerusform>
            <numerusform>Choose a class for %n items, or 0 for none</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::ClassifyListPane</name>
    <message numerus="yes">
        <source>%1 of %n item(s)</source>
        <translation>
            <numerusform>%1 of %n item</numerusform>
            <numerusform>%1 of %n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not read</source>
        <translation>
            <numerusform>%n not read</numerusform>
            <numerusform>%n not read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::ClassifyPage</name>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%n class</numerusform>
            <numerusform>%n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) added</source>
        <translation>
            <numerusform>%n item added</numerusform>
            <numerusform>%n items added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) removed from the list. The files stay.</source>
        <translation>
            <numerusform>%n item removed from the list. The files stay.</numerusform>
            <numerusform>%n items removed from the list. The files stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Scores of %n item(s) copied</source>
        <translation>
            <numerusform>Scores of %n item copied</numerusform>
            <numerusform>Scores of %n items copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n item(s) of this drop are in the list.</source>
        <translation>
            <numerusform>The first %n item of this drop are in the list.</numerusform>
            <numerusform>The first %n items of this drop are in the list.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>there are only %n class(es)</source>
        <translation>
            <numerusform>there is only %n class</numerusform>
            <numerusform>there are only %n classes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::DecisionPanel</name>
    <message numerus="yes">
        <source>applies to %n item(s)</source>
        <translation>
            <numerusform>applies to %n item</numerusform>
            <numerusform>applies to %n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeviceChoice</name>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n thread</numerusform>
            <numerusform>%n threads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>CPU · %n thread(s) (no GPU found)</source>
        <translation>
            <numerusform>CPU · %n thread (no GPU found)</numerusform>
            <numerusform>CPU · %n threads (no GPU found)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DropContent</name>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n folder</numerusform>
            <numerusform>%n folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n table(s)</source>
        <translation>
            <numerusform>%n table</numerusform>
            <numerusform>%n tables</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::DuplicateStrip</name>
    <message numerus="yes">
        <source>%n item(s) are decided together.</source>
        <translation>
            <numerusform>%n item is decided.</numerusform>
            <numerusform>%n items are decided together.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with new text stay(s) separate unless you tick it.</source>
        <translation>
            <numerusform>%n with new text stays separate unless you tick it.</numerusform>
            <numerusform>%n with new text stay separate unless you tick them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>Show %n more</numerusform>
            <numerusform>Show %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::ExportDialog</name>
    <message numerus="yes">
        <source>%n of them with an error</source>
        <translation>
            <numerusform>%n of them with an error</numerusform>
            <numerusform>%n of them with an error</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) will be written: text, image_path, then pred and prob of each class.</source>
        <translation>
            <numerusform>%n row will be written: text, image_path, then pred and prob of each class.</numerusform>
            <numerusform>%n rows will be written: text, image_path, then pred and prob of each class.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) will be written; %1 not scored yet are left out.</source>
        <translation>
            <numerusform>%n row will be written; %1 not scored yet are left out.</numerusform>
            <numerusform>%n rows will be written; %1 not scored yet are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) written</source>
        <translation>
            <numerusform>%n row written</numerusform>
            <numerusform>%n rows written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message numerus="yes">
        <source>%1, at most %n token(s)</source>
        <translation>
            <numerusform>%1, at most %n token</numerusform>
            <numerusform>%1, at most %n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::ModelPanel</name>
    <message numerus="yes">
        <source>%n thing(s) to know</source>
        <translation>
            <numerusform>%n thing to know</numerusform>
            <numerusform>%n things to know</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::ModelsPage</name>
    <message numerus="yes">
        <source>%n in use</source>
        <translation>
            <numerusform>%n in use</numerusform>
            <numerusform>%n in use</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known</source>
        <translation>
            <numerusform>%n known</numerusform>
            <numerusform>%n known</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show the card of %n model(s)</source>
        <translation>
            <numerusform>Show the card of %n model</numerusform>
            <numerusform>Show the card of %n models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::OpinionColumns</name>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::PrivacySection</name>
    <message numerus="yes">
        <source>%n folder name(s) and hashes, in the same file</source>
        <translation>
            <numerusform>%n folder name and hashes, in the same file</numerusform>
            <numerusform>%n folder names and hashes, in the same file</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::QueueListModel</name>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::ReviewExportDialog</name>
    <message numerus="yes">
        <source>%n left out: %1</source>
        <translation>
            <numerusform>%n left out: %1</numerusform>
            <numerusform>%n left out: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) written</source>
        <translation>
            <numerusform>%n row written</numerusform>
            <numerusform>%n rows written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::ReviewGrid</name>
    <message numerus="yes">
        <source>%1 of %n item(s) marked</source>
        <translation>
            <numerusform>%1 of %n item marked</numerusform>
            <numerusform>%1 of %n items marked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::ReviewImportDialog</name>
    <message numerus="yes">
        <source>%n item(s) imported</source>
        <translation>
            <numerusform>%n item imported</numerusform>
            <numerusform>%n items imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known</source>
        <translation>
            <numerusform>%n known</numerusform>
            <numerusform>%n known</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known already</source>
        <translation>
            <numerusform>%n known already</numerusform>
            <numerusform>%n known already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n path(s)</source>
        <translation>
            <numerusform>%n path</numerusform>
            <numerusform>%n paths</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) left out</source>
        <translation>
            <numerusform>%n row left out</numerusform>
            <numerusform>%n rows left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unreadable</source>
        <translation>
            <numerusform>%n unreadable</numerusform>
            <numerusform>%n unreadable</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) taken back. Undo on the Review page puts them back.</source>
        <translation>
            <numerusform>%n item taken back. Undo on the Review page puts it back.</numerusform>
            <numerusform>%n items taken back. Undo on the Review page puts them back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::ReviewReimportDialog</name>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n invalid</source>
        <translation>
            <numerusform>%n invalid</numerusform>
            <numerusform>%n invalid</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) decided as in the file.</source>
        <translation>
            <numerusform>%n item decided as in the file.</numerusform>
            <numerusform>%n items decided as in the file.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) restored.</source>
        <translation>
            <numerusform>%n item restored.</numerusform>
            <numerusform>%n items restored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) stand as before.</source>
        <translation>
            <numerusform>%n item stands as before.</numerusform>
            <numerusform>%n items stand as before.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more row(s) were left out.</source>
        <translation>
            <numerusform>%n more row was left out.</numerusform>
            <numerusform>%n more rows were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to restore</source>
        <translation>
            <numerusform>%n to restore</numerusform>
            <numerusform>%n to restore</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unchanged</source>
        <translation>
            <numerusform>%n unchanged</numerusform>
            <numerusform>%n unchanged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unknown</source>
        <translation>
            <numerusform>%n unknown</numerusform>
            <numerusform>%n unknown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %n row(s)</source>
        <translation>
            <numerusform>Import %n row</numerusform>
            <numerusform>Import %n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The labels of %n item(s) differ. They become your decisions.</source>
        <translation>
            <numerusform>The labels of %n item differ. They become your decision.</numerusform>
            <numerusform>The labels of %n items differ. They become your decisions.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::ReviewPage</name>
    <message numerus="yes">
        <source>%n decision(s) wait here and are saved, once, when it is back.</source>
        <translation>
            <numerusform>%n decision waits here and is saved, once, when it is back.</numerusform>
            <numerusform>%n decisions wait here and are saved, once, when it is back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) taken out of the group.</source>
        <translation>
            <numerusform>%n item taken out of the group.</numerusform>
            <numerusform>%n items taken out of the group.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) changed meanwhile and stay as they are.</source>
        <translation>
            <numerusform>%n item changed meanwhile and stays as it is.</numerusform>
            <numerusform>%n items changed meanwhile and stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) changed meanwhile and were left out.</source>
        <translation>
            <numerusform>%n item changed meanwhile and was left out.</numerusform>
            <numerusform>%n items changed meanwhile and were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You have looked at revealed pictures for %n minute(s) in this stretch.</source>
        <translation>
            <numerusform>You have looked at revealed pictures for %n minute in this stretch.</numerusform>
            <numerusform>You have looked at revealed pictures for %n minutes in this stretch.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You have worked for %n minute(s) in this stretch.</source>
        <translation>
            <numerusform>You have worked for %n minute in this stretch.</numerusform>
            <numerusform>You have worked for %n minutes in this stretch.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>there are only %n class(es)</source>
        <translation>
            <numerusform>there is only %n class</numerusform>
            <numerusform>there are only %n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n came in</source>
        <translation>
            <numerusform>%n came in</numerusform>
            <numerusform>%n came in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n folder</numerusform>
            <numerusform>%n folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) came in from the watched folder.</source>
        <translation>
            <numerusform>%n item came in from the watched folder.</numerusform>
            <numerusform>%n items came in from the watched folder.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) of the watched folder could not be imported:</source>
        <translation>
            <numerusform>%n picture of the watched folder could not be imported:</numerusform>
            <numerusform>%n pictures of the watched folder could not be imported:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::StatusLine</name>
    <message numerus="yes">
        <source>%n job(s) running</source>
        <translation>
            <numerusform>%n job running</numerusform>
            <numerusform>%n jobs running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Revealed today %n min</source>
        <translation>
            <numerusform>Revealed today %n min</numerusform>
            <numerusform>Revealed today %n min</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TextNote</name>
    <message numerus="yes">
        <source>%n doubtful word(s) were left out.</source>
        <translation>
            <numerusform>%n doubtful word was left out.</numerusform>
            <numerusform>%n doubtful words were left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::TodayCard</name>
    <message numerus="yes">
        <source>%n covered</source>
        <comment>decided without uncovering the picture</comment>
        <translation>
            <numerusform>%n covered</numerusform>
            <numerusform>%n covered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decided</source>
        <translation>
            <numerusform>%n decided</numerusform>
            <numerusform>%n decided</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <comment>a person&apos;s own limit of revealed pictures a day</comment>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min revealed</source>
        <translation>
            <numerusform>%n min revealed</numerusform>
            <numerusform>%n min revealed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StepText</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusText</name>
    <message numerus="yes">
        <source>Database not reachable, %n decision(s) wait here</source>
        <translation>
            <numerusform>Database not reachable, %n decision waits here</numerusform>
            <numerusform>Database not reachable, %n decisions wait here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OwnWork</name>
    <message numerus="yes">
        <source>Your decisions corrected %n model error(s) and raised recall for %1 by %2.</source>
        <translation>
            <numerusform>Your decisions corrected %n model error and raised recall for %1 by %2.</numerusform>
            <numerusform>Your decisions corrected %n model errors and raised recall for %1 by %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Your decisions corrected %n model error(s).</source>
        <translation>
            <numerusform>Your decisions corrected %n model error.</numerusform>
            <numerusform>Your decisions corrected %n model errors.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1; see the %n that differ(s)</source>
        <translation>
            <numerusform>%1; see the one that differs</numerusform>
            <numerusform>%1; see the %n that differ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>recall %1, %n item(s) of the class</source>
        <translation>
            <numerusform>recall %1, %n item of the class</numerusform>
            <numerusform>recall %1, %n items of the class</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n label(s) corrected</source>
        <translation>
            <numerusform>%n label corrected</numerusform>
            <numerusform>%n labels corrected</numerusform>
        </translation>
    </message>
</context>
</TS>
