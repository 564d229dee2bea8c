<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>modscope::ui::ClassifyListPane</name>
    <message numerus="yes">
        <location filename="../../ui/pages/classify_list_pane.cpp" line="184"/>
        <source>%1 of %n item(s)</source>
        <translation>
            <numerusform>%1 of %n item</numerusform>
            <numerusform>%1 of %n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/classify_list_pane.cpp" line="185"/>
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/classify_list_pane.cpp" line="206"/>
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
        <location filename="../../ui/pages/classify_page.cpp" line="99"/>
        <source>%n item(s) added</source>
        <translation>
            <numerusform>%n item added</numerusform>
            <numerusform>%n items added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/classify_page.cpp" line="106"/>
        <source>The first %n item(s) of this drop are in the list.</source>
        <translation>
            <numerusform>The first %n item of this drop are in the list.</numerusform>
            <numerusform>The first %n items of this drop are in the list.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/classify_page.cpp" line="144"/>
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/classify_page.cpp" line="145"/>
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/classify_page.cpp" line="293"/>
        <source>%n class(es)</source>
        <translation>
            <numerusform>%n class</numerusform>
            <numerusform>%n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/classify_page_actions.cpp" line="172"/>
        <source>there are only %n class(es)</source>
        <translation>
            <numerusform>there is only %n class</numerusform>
            <numerusform>there are only %n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/classify_page_actions.cpp" line="224"/>
        <source>Scores of %n item(s) copied</source>
        <translation>
            <numerusform>Scores of %n item copied</numerusform>
            <numerusform>Scores of %n items copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/classify_page_actions.cpp" line="231"/>
        <source>%n item(s) removed from the list. The files stay.</source>
        <translation>
            <numerusform>%n item removed from the list. The files stay.</numerusform>
            <numerusform>%n items removed from the list. The files stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeviceChoice</name>
    <message numerus="yes">
        <location filename="../../ui/models/device_choice.cpp" line="109"/>
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n thread</numerusform>
            <numerusform>%n threads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/models/device_choice.cpp" line="126"/>
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
        <location filename="../../ui/models/drop_content.cpp" line="92"/>
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/models/drop_content.cpp" line="95"/>
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n folder</numerusform>
            <numerusform>%n folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/models/drop_content.cpp" line="98"/>
        <source>%n table(s)</source>
        <translation>
            <numerusform>%n table</numerusform>
            <numerusform>%n tables</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::ExportDialog</name>
    <message numerus="yes">
        <location filename="../../ui/pages/export_dialog.cpp" line="82"/>
        <source>%n row(s) written</source>
        <translation>
            <numerusform>%n row written</numerusform>
            <numerusform>%n rows written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/export_dialog.cpp" line="83"/>
        <source>%n of them with an error</source>
        <translation>
            <numerusform>%n of them with an error</numerusform>
            <numerusform>%n of them with an error</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/export_dialog.cpp" line="169"/>
        <source>%n row(s) will be written; %1 not scored yet are left out.</source>
        <translation>
            <numerusform>%n row will be written; %1 not scored yet are left out.</numerusform>
            <numerusform>%n rows will be written; %1 not scored yet are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/export_dialog.cpp" line="170"/>
        <source>%n row(s) will be written: text, image_path, then pred and prob of each class.</source>
        <translation>
            <numerusform>%n row will be written: text, image_path, then pred and prob of each class.</numerusform>
            <numerusform>%n rows will be written: text, image_path, then pred and prob of each class.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message numerus="yes">
        <location filename="../../ui/models/model_card.cpp" line="96"/>
        <source>%1, at most %n token(s)</source>
        <translation>
            <numerusform>%1, at most %n token</numerusform>
            <numerusform>%1, at most %n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::DecisionPanel</name>
    <message numerus="yes">
        <location filename="../../ui/widgets/decision_panel.cpp" line="82"/>
        <source>applies to %n item(s)</source>
        <translation>
            <numerusform>applies to %n item</numerusform>
            <numerusform>applies to %n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::DuplicateStrip</name>
    <message numerus="yes">
        <location filename="../../ui/widgets/duplicate_strip.cpp" line="115"/>
        <source>Show %n more</source>
        <translation>
            <numerusform>Show %n more</numerusform>
            <numerusform>Show %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/widgets/duplicate_strip.cpp" line="141"/>
        <source>%n item(s) are decided together.</source>
        <translation>
            <numerusform>%n item is decided.</numerusform>
            <numerusform>%n items are decided together.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/widgets/duplicate_strip.cpp" line="142"/>
        <source>%n with new text stay(s) separate unless you tick it.</source>
        <translation>
            <numerusform>%n with new text stays separate unless you tick it.</numerusform>
            <numerusform>%n with new text stay separate unless you tick them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::ModelPanel</name>
    <message numerus="yes">
        <location filename="../../ui/widgets/model_panel.cpp" line="237"/>
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
        <location filename="../../ui/pages/models_page.cpp" line="306"/>
        <source>%n known</source>
        <translation>
            <numerusform>%n known</numerusform>
            <numerusform>%n known</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/models_page.cpp" line="307"/>
        <source>%n in use</source>
        <translation>
            <numerusform>%n in use</numerusform>
            <numerusform>%n in use</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/models_page.cpp" line="341"/>
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
        <location filename="../../ui/widgets/opinion_columns.cpp" line="109"/>
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
        <location filename="../../ui/pages/settings_sections.cpp" line="260"/>
        <source>%n folder name(s) and hashes, in the same file</source>
        <translation>
            <numerusform>%n folder name and hashes, in the same file</numerusform>
            <numerusform>%n folder names and hashes, in the same file</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::StatusLine</name>
    <message numerus="yes">
        <location filename="../../ui/main_window/status_line.cpp" line="163"/>
        <source>%n job(s) running</source>
        <translation>
            <numerusform>%n job running</numerusform>
            <numerusform>%n jobs running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>modscope::ui::TodayCard</name>
    <message numerus="yes">
        <location filename="../../ui/widgets/today_card.cpp" line="58"/>
        <source>%n decided</source>
        <translation>
            <numerusform>%n decided</numerusform>
            <numerusform>%n decided</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/widgets/today_card.cpp" line="59"/>
        <source>%n covered</source>
        <comment>decided without uncovering the picture</comment>
        <translation>
            <numerusform>%n covered</numerusform>
            <numerusform>%n covered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/widgets/today_card.cpp" line="60"/>
        <source>%n min revealed</source>
        <translation>
            <numerusform>%n min revealed</numerusform>
            <numerusform>%n min revealed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/widgets/today_card.cpp" line="61"/>
        <source>%n min</source>
        <comment>a person&apos;s own limit of revealed pictures a day</comment>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
</context>
</TS>
